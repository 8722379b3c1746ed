// Reads the layers of a setting, and changes the database from outside, behind the server's back.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

type Row = Record<string, string | number | null>;
type Ask = (database: string, text: string) => Row[];
export type Stamped = { value: string; revision: number };

let ask: Ask | undefined;

/** Returns the rows of a `SELECT`; runs anything else in one transaction. Deleting a row deletes what belongs to it. */
export const sql: Ask = (database, text) => (ask ??= find())(database, text);

/** The user's row. */
export function row(database: string, setting = "division", user = 1): Stamped {
  const rows = sql(database, `SELECT value, revision FROM settings WHERE user_id = ${user} AND key = '${setting}'`);
  return rows[0] as Stamped;
}

/** The copies that the user's sessions keep, newest first. */
export function sessionCopies(database: string, setting = "division", user = 1): Stamped[] {
  return sql(database, `SELECT record FROM sessions WHERE user_id = ${user}`)
    .map(({ record }) => JSON.parse(String(record)).settings?.values[setting])
    .filter((copy) => copy !== undefined)
    .sort((one, other) => other.revision - one.revision);
}

const isSelect = (text: string) => /^\s*SELECT/i.test(text);

/** Any SQLite client on this machine: node itself from version 22.5 on, otherwise one of two programs. */
function find(): Ask {
  try {
    const { DatabaseSync } = createRequire(import.meta.url)("node:sqlite");
    return (database, text) => {
      const connection = new DatabaseSync(database);
      try {
        connection.exec("PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON");
        if (isSelect(text)) return connection.prepare(text).all();
        connection.exec(`BEGIN IMMEDIATE; ${text}; COMMIT`);
        return [];
      } finally {
        connection.close();
      }
    };
  } catch {
    // An older node.
  }
  const run = (program: string, options: string[], input: string) => {
    const said = execFileSync(program, options, { input, encoding: "utf8" });
    return said.trim() ? JSON.parse(said) : [];
  };
  const inTransaction = (text: string) => (isSelect(text) ? text : `BEGIN IMMEDIATE; ${text}; COMMIT`);
  const has = (program: string) => {
    try {
      execFileSync(program, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  if (has("sqlite3")) {
    const before = ".timeout 10000\nPRAGMA foreign_keys = ON;\n";
    return (database, text) => run("sqlite3", ["-json", "-bail", database], `${before}${inTransaction(text)};\n`);
  }
  if (has("python3")) return (database, text) => run("python3", ["-c", python, database], inTransaction(text));
  throw new Error("these tests look into the database: install node 22.5, sqlite3 or python3");
}

const python = `
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
connection.row_factory = sqlite3.Row
connection.execute("PRAGMA foreign_keys = ON")
text = sys.stdin.read()
if text.startswith("BEGIN"):
    connection.executescript(text)
else:
    print(json.dumps([dict(row) for row in connection.execute(text)]))
`;
