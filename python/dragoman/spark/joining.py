# SPDX-License-Identifier: Apache-2.0
"""Copies, stories, one event from many reports, disputes and agreements over time, as docs/joining.md has them, worked out
as shuffles by what rows must be looked at together:

    copies       reports that have a run of words in common                       -> families
    stories      reports of eight days, cell by cell; what is close               -> stories
    events       same category, kind of status, parties, days; or one story      -> one event
    disputes     the events of a story                                            -> standing, disputes
    agreements   the same parties; one party                                      -> accords

The rules inside of a block are the library's (`drg_join_stream`), so the tables are those that a desk of all reports has."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .._native import lib
from .steps import apply, takes

if TYPE_CHECKING:
    from pyspark.sql import Column

_PLACES = 20  # bits for the place of an event in its report
_ROW_BITS = 33  # of monotonically_increasing_id
_CELL_LEAST, _CELL_MOST = 500, 65536  # reports of a cell
_NO_DAY = -(1 << 31)
_NODE_BITS = 31  # for a report's number behind its day


@dataclass
class Joined:
    """What goes across reports, each a data frame with the columns of the desk's table of that name (docs/schema.md):
    `reports` (id, copy_of, story), `events` (id, report, story: the key of `joined`), `joined`, `disputes`, `repeats`,
    `accords`, `accord_stages`."""

    reports: DataFrame
    events: DataFrame
    joined: DataFrame
    disputes: DataFrame
    repeats: DataFrame
    accords: DataFrame
    accord_stages: DataFrame
    kept: list[DataFrame] = field(default_factory=list, repr=False)

    def unpersist(self) -> None:
        """Lets go of what is kept on the executors between the tables."""
        for frame in self.kept:
            frame.unpersist()


class _Joining:
    """The way from records to tables; what is used more than once is kept."""

    def __init__(self) -> None:
        self.kept: list[DataFrame] = []
        self.total = 0  # reports

    def keep(self, frame: DataFrame) -> DataFrame:
        """The frame, worked out once.  Its rows know how they came about, so that lost ones are made again; its plan does not,
        since plans that join what has come of one frame double in size with each."""
        session: Any = frame.sparkSession
        rows = session._jsparkSession.createDataFrame(frame._jdf.toJavaRDD(), frame._jdf.schema())
        self.kept.append(DataFrame(rows, session).persist())
        return self.kept[-1]

    def number(self, frame: DataFrame, keys: list[str], name: str) -> DataFrame:
        """The rows numbered from 0 in the order of `keys`, which no two share."""
        ordered = self.keep(frame.repartitionByRange(*keys).sortWithinPartitions(*keys).withColumn("_place", F.monotonically_increasing_id()))
        part = F.shiftright("_place", _ROW_BITS)
        counts = sorted((row[0], row[1]) for row in ordered.groupBy(part.alias("part")).count().collect())
        start: Column = F.lit(0)
        before = 0
        for which, count in counts:
            start = F.when(part == which, F.lit(before)).otherwise(start) if before else start
            before += count
        self.total = self.total or before
        return ordered.withColumn(name, (start + F.col("_place").bitwiseAND((1 << _ROW_BITS) - 1)).cast("long")).drop("_place")

    def components(self, edges: DataFrame) -> DataFrame:
        """(number, first): the smallest number that each number of edges (a, b) hangs together with."""
        near = apply(edges, "COMPONENTS").select(F.col("number").alias("a"), F.col("first").alias("b"))
        return apply(near.repartition(1), "COMPONENTS")

    # ------------------------------------------------------------ reports

    def facts(self, records: DataFrame) -> DataFrame:
        """What joining needs, one row an id, numbered in the order of dates, then ids."""
        newest = Window.partitionBy("id").orderBy(F.col("content").desc())
        facts = apply(records, "FACTS").withColumn("_row", F.row_number().over(newest)).where("_row = 1").drop("_row")
        return self.number(facts, ["date", "id"], "number")

    def families(self, reports: DataFrame) -> DataFrame:
        """(number, first) of reports that are copies, or have some."""
        sketches = reports.select("number", "sketch")
        runs = Window.partitionBy("run").orderBy("number")
        met = apply(sketches, "RUNS").select(F.lag("number").over(runs).alias("before"), F.first("number").over(runs).alias("lead"), F.col("number").alias("b"))
        met = met.where("before is not null")
        pairs = met.select(F.col("before").alias("a"), "b").unionAll(met.where("lead <> before").select(F.col("lead").alias("a"), "b")).distinct()
        first, second = (sketches.select(F.col("number").alias(side), F.col("sketch").alias(f"sketch_{side}")) for side in ("a", "b"))
        return self.components(apply(pairs.join(first, "a").join(second, "b"), "COPIES"))

    def witnesses(self, reports: DataFrame) -> DataFrame:
        """Reports with their family, who answers for them, and whom their outlet speaks for."""
        reports = reports.join(self.families(reports), "number", "left").withColumn("family", F.coalesce("first", "number")).drop("first")
        owner, outlet = F.nullif("owner", F.lit("")), F.nullif("outlet", F.lit(""))
        leads = reports.where("family = number").select("family", F.coalesce(owner, outlet, "id").alias("witness"), F.col("side").alias("speaks_for"),
                                                        F.col("id").alias("family_id"))
        return self.keep(reports.join(leads, "family"))

    # ------------------------------------------------------------ stories

    def weights(self, leads: DataFrame, count: int) -> DataFrame:
        sketches = leads.select(F.col("node").alias("number"), "sketch")
        words = apply(sketches, "WORDS")
        spread = words.join(words.groupBy("word").agg(F.count("*").alias("reports")), "word")
        spread = spread.groupBy("number").agg(F.collect_list(F.struct("word", "reports")).alias("spread"))
        return apply(sketches.join(spread, "number", "left").withColumn("all", F.lit(count)), "WEIGHTS")

    def cells(self, leads: DataFrame) -> tuple[DataFrame, int, bool]:
        """Cells of reports that follow each other, each with the blocks it is part of: pairs of cells whose days are near;
        how many reports; whether a report is in several blocks."""
        spark = leads.sparkSession
        parts = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
        size = max(_CELL_LEAST, min(_CELL_MOST, self.total // (2 * parts) + 1))
        leads = leads.withColumn("cell", (F.col("number") / size).cast("long"))
        dated = F.when(F.col("day") != _NO_DAY, F.col("day"))
        found = leads.groupBy("cell").agg(F.min(dated), F.max(dated), F.max(F.col("day") == _NO_DAY), F.count("*")).collect()
        cells = sorted(tuple(row) for row in found)
        blocks: list[tuple[int, int]] = []
        count = 0
        for i, (cell, _, last, undated, _) in enumerate(cells):
            for other, begin, _, also, _ in cells[i:]:
                near = last is not None and begin is not None and begin - last < lib.DRG_JOIN_DAYS
                if cell == other or near or (undated and also):
                    blocks += [(cell, count)] + ([(other, count)] if other != cell else [])
                    count += 1
        placed = spark.createDataFrame(blocks, "cell long, block long")
        return leads.select(F.col("node").alias("number"), "day", "cell").join(F.broadcast(placed), "cell"), sum(row[4] for row in cells), count > len(cells)

    def stories(self, reports: DataFrame) -> DataFrame:
        """(family, story) of reports that share a story and lead their families.  They are told apart by nodes, in the order of
        their days, then numbers: what has no whole date comes first."""
        node = F.shiftleft(F.col("day").cast("long") - _NO_DAY, _NODE_BITS).bitwiseOR(F.col("number"))
        leads = reports.where("family = number").withColumn("node", node)
        placed, count, across = self.cells(leads)
        edges = apply(placed.join(self.weights(leads, count), "number"), "LIKENESS", "block", "number")
        if across:
            best = Window.partitionBy("b").orderBy(F.col("likeness").desc(), "a")
            edges = edges.withColumn("_row", F.row_number().over(best)).where(f"_row <= {lib.DRG_JOIN_KEPT}").drop("_row")
        edges = self.keep(edges)
        near = self.keep(self.components(edges.where(f"likeness >= {lib.DRG_JOIN_CLOSE}")))
        one, other = near.select(F.col("number").alias("a"), F.col("first").alias("block")), near.select(F.col("number").alias("b"), F.col("first").alias("_block"))
        inside = edges.join(one, "a").join(other, "b").where("block = _block")
        return apply(inside, "LINKAGE", "block", "a").select(*[F.col(name).bitwiseAND((1 << _NODE_BITS) - 1).alias(to)
                                                             for name, to in (("number", "family"), ("first", "story"))])

    def placed(self, records: DataFrame) -> tuple[DataFrame, DataFrame]:
        """Facts, and reports with number, family, story, witness."""
        facts = self.facts(records)
        reports = self.witnesses(facts.drop("events", "agreements", "sources", "media"))
        reports = reports.drop("sketch").join(self.stories(reports), "family", "left").withColumn("story", F.coalesce("story", "family"))
        ids = reports.select(F.col("number").alias("story"), F.col("id").alias("story_id"))
        return facts, self.keep(reports.join(ids, "story"))

    # ------------------------------------------------------------ events

    def one_events(self, facts: DataFrame, reports: DataFrame) -> DataFrame:
        """Events with the first that is the same (`joined`) and its story."""
        rows = facts.select(F.col("number").alias("report"), F.posexplode("events").alias("_place", "fact"))
        rows = rows.withColumn("event", F.shiftleft("report", _PLACES) + F.col("_place")).drop("_place")
        about = reports.select(F.col("number").alias("report"), "story", "outlet", "witness", "speaks_for")
        rows = self.keep(rows.join(about, "report"))
        none = F.lit(0).cast("long")
        near = self.components(apply(rows.withColumn("block", none).withColumn("joined", none), "EVENT_KEYS")).where("number >= 0")
        blocks = rows.join(near.select(F.col("number").alias("event"), F.col("first").alias("block")), "event", "left")
        blocks = blocks.withColumn("block", F.coalesce("block", "event")).withColumn("joined", none)
        first = apply(blocks, "EVENTS", "block", "event").select(F.col("number").alias("event"), F.col("first").alias("joined"))
        told = rows.select(F.col("event").alias("joined"), F.col("story").alias("joined_story"), F.col("fact.id").alias("joined_id"))
        return self.keep(rows.join(first, "event").join(told, "joined"))

    def joined(self, events: DataFrame, reports: DataFrame) -> DataFrame:
        rows = apply(events.withColumn("block", F.col("joined_story")), "JOINED", "block", "event")
        rows = self.number(rows.withColumnRenamed("event", "joined"), ["joined"], "number")
        first = events.where("event = joined").select("joined", "report", F.col("joined_id").alias("event"))
        day = F.when(F.col("day") != _NO_DAY, F.substring("date", 1, 10)).otherwise("")
        about = reports.select(F.col("number").alias("report"), F.col("story_id").alias("story"), F.col("id").alias("first_report"),
                               F.col("outlet").alias("first_outlet"), day.alias("first_date"))
        return rows.join(first, "joined").join(about, "report").select(
            "event", "number", "story", "plover", "cameo", "status", "standing", "date", "place", "country", "dead", "injured", "arrested",
            "background", "events", "reports", "outlets", "owners", "first_report", "first_outlet", "first_date")

    def disputes(self, events: DataFrame, reports: DataFrame) -> DataFrame:
        inside = apply(events.withColumn("block", F.col("joined_story")), "DISPUTES", "block", "event")
        offices = apply(events.withColumn("block", F.col("story")), "OFFICES", "block", "event")
        rows = self.keep(inside.unionAll(offices))
        keys = ["pass", "block", "turn"]
        rows = rows.join(self.number(rows.select(*keys).distinct(), keys, "dispute"), keys)
        said = events.select("event", F.col("fact.id").alias("said_by"), "report")
        ids = events.where("event = joined").select("joined", "joined_id")
        about = reports.select(F.col("number").alias("report"), F.col("id").alias("report_id"), F.col("story_id"), "outlet")
        return rows.join(ids, "joined").join(said, "event").join(about, "report").select(
            "dispute", "number", F.col("joined_id").alias("event"), F.col("story_id").alias("story"), "field", "value", "said_by",
            F.col("report_id").alias("report"), "outlet", "speaker")

    # ------------------------------------------------------------ who repeats whom

    def repeats(self, facts: DataFrame, reports: DataFrame) -> DataFrame:
        leads = reports.select(F.col("number").alias("family"), F.col("outlet").alias("cited"))
        copies = reports.where("family <> number").join(leads, "family").select("outlet", "cited", "number").where("cited <> ''")
        parts = {"copy": copies, "source": facts.select("outlet", F.explode("sources").alias("cited"), "number"),
                 "claim": facts.select("outlet", F.explode("media").alias("cited"), "number")}
        tables = [rows.where("outlet <> '' and cited <> outlet").groupBy("outlet", "cited").agg(F.countDistinct("number").alias("reports"))
                  .select("outlet", "cited", F.lit(kind).alias("kind"), "reports") for kind, rows in parts.items()]
        return tables[0].unionAll(tables[1]).unionAll(tables[2])

    # ------------------------------------------------------------ agreements

    def accords(self, facts: DataFrame, reports: DataFrame) -> tuple[DataFrame, DataFrame]:
        rows = facts.select(F.col("number").alias("report"), F.posexplode("agreements").alias("_place", "fact"))
        rows = rows.withColumn("agreement", F.shiftleft("report", _PLACES) + F.col("_place"))
        about = reports.select(F.col("number").alias("report"), "story", "witness", F.col("id").alias("report_id"))
        rows = self.keep(rows.join(about, "report").withColumn("accord", F.lit(-1).cast("long")))
        whole, parts = rows.where("size(fact.parties) >= 2"), rows.where("size(fact.parties) < 2")
        by_parties = F.col("fact.key")
        known = apply(whole.withColumn("block", by_parties), "ALIKE", "block", "agreement")
        known = self.keep(known.select(F.col("number").alias("agreement"), F.col("first").alias("accord")))
        beside = whole.drop("accord").join(known, "agreement").select(*[name for name in takes("PARTS") if name != "block"])
        party = F.explode("fact.parties").alias("party")
        filed = beside.select("*", party).unionAll(parts.select(*beside.columns, party)).withColumn("block", F.xxhash64("party"))
        found = apply(filed, "PARTS", "block", "agreement")
        found = self.keep(found.select(F.col("number").alias("agreement"), F.col("first").alias("accord")))
        rest = parts.join(found, "agreement", "left_anti").withColumn("block", by_parties)
        rest = apply(rest, "ALIKE", "block", "agreement").select(F.col("number").alias("agreement"), F.col("first").alias("accord"))
        of = rows.drop("accord").join(known.unionAll(found).unionAll(rest), "agreement").withColumn("block", F.col("accord"))
        accords = self.number(apply(of, "ACCORDS", "block", "agreement"), ["accord"], "number")
        stages = accords.select(F.col("id").alias("accord"), F.posexplode("stages").alias("number", "_stage")).select("accord", "number", "_stage.*")
        return accords.select(F.col("id").alias("accord"), "number", "name", "kind", "stage", "first_date", "last_date", "reports", "owners"), stages


def join(records: DataFrame) -> Joined:
    """Works out what goes across reports: a function of the set of reports, the same as on one desk.

    Args:
        records: what `code` and `code_files` give, or the same read back from Parquet.  Of several reports with one id one is
            taken, always the same.

    Returns:
        The tables, worked out when they are asked for.  Some counts are taken at once, so that this call takes a while.
    """
    j = _Joining()
    facts, reports = j.placed(records)
    events = j.one_events(facts, reports)
    accords, stages = j.accords(facts, reports)
    copy_of = F.when(F.col("family") != F.col("number"), F.col("family_id"))
    return Joined(
        reports=reports.select("id", copy_of.alias("copy_of"), F.col("story_id").alias("story")),
        events=events.join(reports.select(F.col("number").alias("report"), F.col("id").alias("report_id")), "report").select(
            F.col("fact.id").alias("id"), F.col("report_id").alias("report"), F.col("joined_id").alias("story")),
        joined=j.joined(events, reports), disputes=j.disputes(events, reports), repeats=j.repeats(facts, reports), accords=accords,
        accord_stages=stages, kept=j.kept)
