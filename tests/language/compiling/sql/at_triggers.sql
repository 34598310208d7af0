-- event.amount >= 100 and count("order.paid", within="90d", where=it.sku == event.sku) == 1
WITH m AS (
  SELECT
    "moments"."moment_id" AS "of",
    moments.*
  FROM moments
  JOIN people
    ON "people"."person" = "moments"."person"
), x1 AS (
  SELECT
    "m"."of" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid'
      AND "e"."at" > (
        "m"."at" - TO_MICROSECONDS(7776000000000)
      )
      AND (
        "e"."number:sku" = "m"."event.number:sku"
        OR "e"."text:sku" = "m"."event.text:sku"
      )) AS "c1"
  FROM m
  JOIN events AS e
    ON "e"."person" = "m"."person"
  WHERE
    "e"."at" <= "m"."at" AND "e"."kind" = 'order.paid'
  GROUP BY
    "m"."of"
)
SELECT
  "m"."of" AS "moment_id"
FROM m
LEFT JOIN x1
  ON "x1"."of" = "m"."of"
WHERE
  (
    "m"."event.number:amount" >= 100
  ) AND (
    COALESCE("x1"."c1", 0) = 1
  )
