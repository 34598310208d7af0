-- count("live.entered", since=first("order.paid")) >= 1
WITH x1 AS (
  SELECT
    "e"."person" AS "of",
    MIN("e"."at") FILTER(WHERE
      "e"."kind" = 'order.paid') AS "c1"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'order.paid'
  GROUP BY
    "e"."person"
), x2 AS (
  SELECT
    "e"."person" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'live.entered' AND "e"."at" >= "x1"."c1") AS "c1"
  FROM events AS e
  LEFT JOIN x1
    ON "x1"."of" = "e"."person"
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'live.entered'
  GROUP BY
    "e"."person"
)
SELECT
  "x2"."of" AS "person"
FROM x2
WHERE
  (
    COALESCE("x2"."c1", 0) >= 1
  )
