-- person.city in ["上海", "杭州"] and count("order.paid", within="90d") >= 2
WITH x1 AS (
  SELECT
    "e"."person" AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid' AND "e"."at" > CAST('2025-10-03 00:00:00' AS TIMESTAMP)) AS "c1"
  FROM events AS e
  WHERE
    "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "e"."kind" = 'order.paid'
    AND "e"."at" >= CAST('2025-10-03 00:00:00' AS TIMESTAMP)
  GROUP BY
    "e"."person"
), p AS (
  SELECT
    "a"."person" AS "of",
    ARG_MAX_NULL({'text': "a"."text"}, ROW("a"."at", LENGTH("a"."id"), "a"."id")) FILTER(WHERE
      "a"."area" = 'trait' AND "a"."name" = 'city') AS "trait:city"
  FROM attributes AS a
  WHERE
    "a"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND (
      "a"."area" = 'trait' AND "a"."name" = 'city'
    )
    AND "a"."person" IN (
      SELECT
        "x1"."of"
      FROM x1
      WHERE
        (
          COALESCE("x1"."c1", 0) >= 2
        )
    )
  GROUP BY
    "a"."person"
)
SELECT
  "p"."of" AS "person"
FROM p
INNER JOIN x1
  ON "x1"."of" = "p"."of"
WHERE
  (
    STRUCT_EXTRACT("p"."trait:city", 'text') IN ('上海', '杭州')
  )
  AND (
    COALESCE("x1"."c1", 0) >= 2
  )
