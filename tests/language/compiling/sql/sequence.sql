-- sequence("a", step("b", where=it.amount > 1), "c", within="7d")
WITH y1 AS (
  SELECT
    "q"."of",
    BOOL_OR(
      CAST(COALESCE((
        "q"."at" - "q"."start3"
      ) <= TO_MICROSECONDS(604800000000), FALSE) AS BOOLEAN)
    ) AS "hit"
  FROM (
    SELECT
      q.*,
      CASE
        WHEN "q"."is3"
        THEN MAX("q"."start2") OVER (
          PARTITION BY "q"."of"
          ORDER BY "q"."at", LENGTH("q"."id"), "q"."id"
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
      END AS "start3"
    FROM (
      SELECT
        q.*,
        CASE
          WHEN "q"."is2"
          THEN MAX("q"."start1") OVER (
            PARTITION BY "q"."of"
            ORDER BY "q"."at", LENGTH("q"."id"), "q"."id"
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
          )
        END AS "start2"
      FROM (
        SELECT
          q.*,
          CASE WHEN "q"."is1" THEN "q"."at" END AS "start1"
        FROM (
          SELECT
            "e"."person" AS "of",
            "e"."at",
            "e"."id",
            "e"."kind" = 'a' AS "is1",
            "e"."kind" = 'b' AND (
              "e"."number:amount" > 1
            ) AS "is2",
            "e"."kind" = 'c' AS "is3"
          FROM events AS e
          WHERE
            "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
            AND "e"."kind" IN ('a', 'b', 'c')
            AND (
              "e"."kind" = 'a'
              OR (
                "e"."kind" = 'b' AND (
                  "e"."number:amount" > 1
                )
              )
              OR "e"."kind" = 'c'
            )
        ) AS q
      ) AS q
    ) AS q
  ) AS q
  GROUP BY
    "q"."of"
)
SELECT
  "y1"."of" AS "person"
FROM y1
WHERE
  COALESCE("y1"."hit", FALSE)
