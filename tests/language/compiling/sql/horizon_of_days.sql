-- days_since(last("order.paid")) > 30
WITH m AS (
  SELECT
    "people"."person" AS "of",
    "people"."person"
  FROM people
), x1 AS (
  SELECT
    "e"."person" AS "of",
    MAX("e"."at") FILTER(WHERE
      "e"."kind" = 'order.paid') AS "c1",
    MIN("e"."at") FILTER(WHERE
      "e"."kind" = 'order.paid') AS "c2"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'order.paid'
  GROUP BY
    "e"."person"
), x2 AS (
  SELECT
    "e"."person" AS "of",
    MIN("e"."at") FILTER(WHERE
      "e"."kind" = 'order.paid') AS "c1"
  FROM events AS e
  WHERE
    "e"."at" > CAST('2026-01-01 00:00:00' AS TIMESTAMP) AND "e"."kind" = 'order.paid'
  GROUP BY
    "e"."person"
)
SELECT
  "m"."of" AS "person",
  LEAST(
    CASE
      WHEN (
        "x1"."c1" + TO_MICROSECONDS(2592000000044)
      ) > CAST('2026-01-01 00:00:00' AS TIMESTAMP)
      THEN (
        "x1"."c1" + TO_MICROSECONDS(2592000000044)
      )
    END,
    CASE WHEN "x2"."c1" > CAST('2026-01-01 00:00:00' AS TIMESTAMP) THEN "x2"."c1" END,
    CAST(NULL AS TIMESTAMP)
  ) AS "next"
FROM m
LEFT JOIN x1
  ON "x1"."of" = "m"."of"
LEFT JOIN x2
  ON "x2"."of" = "m"."of"
