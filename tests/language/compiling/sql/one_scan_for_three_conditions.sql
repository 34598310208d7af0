-- count("order.paid", within="90d") >= 2 and sum("order.paid", "amount", within="90d") > 500 and not did("live.entered", within="7d")
WITH x1 AS (
  SELECT
    "e"."person" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid' AND "e"."at" > CAST('2025-10-03 00:00:00' AS TIMESTAMP)) AS "c1",
    SUM("e"."number:amount") FILTER(WHERE
      "e"."kind" = 'order.paid' AND "e"."at" > CAST('2025-10-03 00:00:00' AS TIMESTAMP)) AS "c2",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'live.entered'
      AND "e"."at" > CAST('2025-12-25 00:00:00' AS TIMESTAMP)) AS "c3"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" IN ('live.entered', 'order.paid')
    AND "e"."at" >= CAST('2025-10-03 00:00:00' AS TIMESTAMP)
  GROUP BY
    "e"."person"
)
SELECT
  "x1"."of" AS "person"
FROM x1
WHERE
  (
    COALESCE("x1"."c1", 0) >= 2
  )
  AND (
    COALESCE("x1"."c2", 0) > 500
  )
  AND NOT (
    COALESCE(COALESCE("x1"."c3", 0) > 0, FALSE)
  )
