-- did("order.paid", where=it.sku == "a")
WITH x1 AS (
  SELECT
    "e"."person" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid' AND (
        "e"."text:sku" = 'a'
      )) AS "c1"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'order.paid'
  GROUP BY
    "e"."person"
)
SELECT
  "x1"."of" AS "person"
FROM x1
WHERE
  COALESCE("x1"."c1", 0) > 0
