-- count("order.paid") < 2
WITH m AS (
  SELECT
    "people"."person" AS "of",
    "people"."person"
  FROM people
), x1 AS (
  SELECT
    "e"."person" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid') AS "c1"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'order.paid'
  GROUP BY
    "e"."person"
)
SELECT
  "m"."of" AS "person"
FROM m
LEFT JOIN x1
  ON "x1"."of" = "m"."of"
WHERE
  (
    COALESCE("x1"."c1", 0) < 2
  )
