#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The linter of the actor tables finds each kind of wrong row, and nothing in right ones."""
import contextlib
import io
import pathlib
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True
import check_tables  # noqa: E402


class CheckTables(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "world").mkdir()
        for name, header in check_tables.LAYOUT.items():
            self.write(name, "")
        self.write("countries", "FRA\tFR\tFR\tFrance\t\tFrench\t\tParis\tElysee\t\t\t\town\n")

    def write(self, name, rows):
        header = check_tables.LAYOUT[name].replace(" ", "\t")
        (self.folder / "world" / f"{name}.tsv").write_bytes(f"# a table\n{header}\n{rows}".encode())

    def problems(self):
        checker = check_tables.Checker(self.folder)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(checker.run(), 1 if checker.problems else 0)
        return "\n".join(checker.problems)

    def holders(self, *rows):
        self.write("holders", "".join("\t".join(row) + "\n" for row in rows))
        return self.problems()

    def test_right_rows_pass(self):
        self.assertEqual(self.holders(("Ann Lee", "Lee", "FRA GOV", "president", "1999", "2001-05-02", "own"),
                                      ("Ann Lee", "Lee", "FRA LEG", "lawmaker", "2001-05-02", "", "own")), "")

    def test_unknown_codes(self):
        found = self.holders(("Ann Lee", "", "FRX GOV", "president", "", "", "own"),
                             ("Bo Lee", "", "FRA GOX", "president", "", "", "own"))
        self.assertIn("primary 'FRX' is unknown", found)
        self.assertIn("sector 'GOX' is unknown", found)

    def test_dates(self):
        found = self.holders(("Ann Lee", "", "FRA GOV", "president", "2001-02-30", "", "own"),
                             ("Bo Lee", "", "FRA GOV", "president", "2003", "2001", "own"),
                             ("Cy Lee", "", "FRA GOV", "president", "03/2001", "", "own"))
        self.assertIn("no day '2001-02-30'", found)
        self.assertIn("from 2003 is after to 2001", found)
        self.assertIn("'03/2001' is not", found)

    def test_one_name_two_codes(self):
        found = self.holders(("Ann Lee", "", "FRA GOV", "president", "1999", "2005", "own"),
                             ("Ann Lee", "", "FRA OPP", "leader", "2001", "", "own"))
        self.assertIn("'Ann Lee' is FRA OPP here and FRA GOV on line 3", found)

    def test_order_fields_and_words(self):
        found = self.holders(("Bo Lee", "May", "FRA GOV", "president", "", "", "own"),
                             ("Ann Lee", "Lee; Li", "FRA GOV", "president", "", "", "own"),
                             ("Cy Lee", "FRA GOV"))
        self.assertIn("not in order", found)
        self.assertIn("'May' alone is a common word", found)
        self.assertIn("an empty or spaced item", found)
        self.assertIn("2 fields under 7 columns", found)

    def test_bytes(self):
        path = self.folder / "world" / "outlets.tsv"
        path.write_bytes(path.read_bytes() + b"Bad \xff\t\tFRA\t\tsite\n")
        self.assertIn("not UTF-8", self.problems())
        self.write("outlets", "Le Soir\r\t\tFRA\tprivate\tsite\n")
        self.assertIn("control or invisible character", self.problems())


if __name__ == "__main__":
    unittest.main()
