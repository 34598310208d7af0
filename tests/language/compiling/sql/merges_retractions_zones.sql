-- did("order.paid", within="today") and person.city != "上海"
WITH belongs AS (
  SELECT
    "members"."person",
    "members"."root"
  FROM members
  WHERE
    "members"."since" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "members"."until" > CAST('2026-01-01 00:00:00' AS TIMESTAMP)
    AND "members"."root" <> "members"."person"
), p AS (
  SELECT
    "o"."of",
    ARG_MAX("o"."trait:timezone", "o"."order trait:timezone") FILTER(WHERE
      NOT STRUCT_EXTRACT("o"."trait:timezone", 'text') IS NULL) AS "trait:timezone",
    ARG_MAX("o"."trait:city", "o"."order trait:city") FILTER(WHERE
      NOT STRUCT_EXTRACT("o"."trait:city", 'text') IS NULL) AS "trait:city"
  FROM (
    SELECT
      COALESCE("b"."root", "a"."person") AS "of",
      ARG_MAX_NULL({'text': "a"."text"}, ROW("a"."at", LENGTH("a"."id"), "a"."id")) FILTER(WHERE
        "a"."area" = 'trait' AND "a"."name" = 'timezone') AS "trait:timezone",
      ARG_MAX_NULL({'text': "a"."text"}, ROW("a"."at", LENGTH("a"."id"), "a"."id")) FILTER(WHERE
        "a"."area" = 'trait' AND "a"."name" = 'city') AS "trait:city",
      MAX(ROW("a"."at", LENGTH("a"."id"), "a"."id")) FILTER(WHERE
        "a"."area" = 'trait' AND "a"."name" = 'timezone') AS "order trait:timezone",
      MAX(ROW("a"."at", LENGTH("a"."id"), "a"."id")) FILTER(WHERE
        "a"."area" = 'trait' AND "a"."name" = 'city') AS "order trait:city"
    FROM attributes AS a
    LEFT JOIN belongs AS b
      ON "b"."person" = "a"."person"
    WHERE
      (
        "a"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
        AND (
          (
            "a"."area" = 'trait' AND "a"."name" = 'timezone'
          )
          OR (
            "a"."area" = 'trait' AND "a"."name" = 'city'
          )
        )
      )
      AND NOT (
        EXISTS(
          SELECT
            1
          FROM retracted AS r
          WHERE
            "r"."seq" = "a"."seq" AND "r"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
        )
      )
    GROUP BY
      COALESCE("b"."root", "a"."person"),
      "a"."person"
  ) AS o
  GROUP BY
    "o"."of"
), x1 AS (
  SELECT
    COALESCE("b"."root", "e"."person") AS "of",
    COUNT(*) FILTER(WHERE
      "e"."kind" = 'order.paid'
      AND "e"."at" >= CASE CASE
          WHEN STRUCT_EXTRACT("p"."trait:timezone", 'text') IN ('Europe/Berlin')
          THEN STRUCT_EXTRACT("p"."trait:timezone", 'text')
          ELSE 'Asia/Shanghai'
        END
        WHEN 'Europe/Berlin'
        THEN CAST('2025-12-31 23:00:00' AS TIMESTAMP)
        ELSE CAST('2025-12-31 16:00:00' AS TIMESTAMP)
      END) AS "c1"
  FROM events AS e
  LEFT JOIN belongs AS b
    ON "b"."person" = "e"."person"
  LEFT JOIN p
    ON "p"."of" = COALESCE("b"."root", "e"."person")
  WHERE
    (
      "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
      AND "e"."kind" = 'order.paid'
      AND "e"."at" >= CAST('2025-12-31 16:00:00' AS TIMESTAMP)
    )
    AND NOT (
      EXISTS(
        SELECT
          1
        FROM retracted AS r
        WHERE
          "r"."seq" = "e"."seq" AND "r"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
      )
    )
  GROUP BY
    COALESCE("b"."root", "e"."person")
)
SELECT
  "p"."of" AS "person"
FROM p
INNER JOIN x1
  ON "x1"."of" = "p"."of"
WHERE
  COALESCE("x1"."c1", 0) > 0
  AND (
    STRUCT_EXTRACT("p"."trait:city", 'text') <> '上海'
  )
