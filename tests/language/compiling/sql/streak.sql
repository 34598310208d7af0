-- streak("a", "week") >= 3
WITH y1 AS (
  SELECT
    "v"."of",
    COUNT(*) AS "length"
  FROM (
    SELECT
      u.*,
      ROW_NUMBER() OVER (PARTITION BY "u"."of" ORDER BY "u"."unit" DESC) AS "rank"
    FROM (
      SELECT DISTINCT
        "e"."person" AS "of",
        CAST(FLOOR(
          (
            (
              CAST(TIMEZONE('Asia/Shanghai', TIMEZONE('UTC', "e"."at")) AS DATE) - CAST('1970-01-01' AS DATE)
            ) + 3
          ) / CAST('7.0' AS DOUBLE)
        ) AS BIGINT) AS "unit",
        CAST(FLOOR(
          (
            (
              CAST(TIMEZONE('Asia/Shanghai', TIMEZONE('UTC', CAST('2026-01-01 00:00:00' AS TIMESTAMP))) AS DATE) - CAST('1970-01-01' AS DATE)
            ) + 3
          ) / CAST('7.0' AS DOUBLE)
        ) AS BIGINT) AS "current"
      FROM events AS e
      WHERE
        "e"."at" <= CAST('2026-01-01 00:00:00' AS TIMESTAMP)
        AND "e"."kind" = 'a'
        AND "e"."kind" = 'a'
    ) AS u
  ) AS v
  WHERE
    (
      (
        "v"."unit" + "v"."rank"
      ) - 1
    ) = "v"."current"
  GROUP BY
    "v"."of"
)
SELECT
  "y1"."of" AS "person"
FROM y1
WHERE
  (
    COALESCE("y1"."length", 0) >= 3
  )
