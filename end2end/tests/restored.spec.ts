// A database that has gone back under open windows: it wins, they follow, and nothing is asked for again and again.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { another, choose, expect, expectDivision, hydrated, logIn, saved, silent, test, type Page, type Server } from "../studio";
import { row, sql } from "../layers";

/** How many requests a window may need until it is quiet again: a few of each kind. */
const few = 20;

/** The paths that a page asked the server for from now on. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

/** Runs `backup` or `restore` on the server's database. */
function run(server: Server, command: string, file: string): string {
  return execFileSync(server.program, [command, "--database-url", `sqlite:${server.database}`, file], { encoding: "utf8" });
}

const epoch = (server: Server) => sql(server.database, "SELECT epoch FROM database_epoch")[0].epoch;

/** A choice in one window reaches the other window and the row, and stays. */
async function choicesStand(page: Page, second: Page, server: Server) {
  for (const [slug, name] of [["mobile", "Mobile"], ["design", "Design"]]) {
    await choose(page, name);
    await expectDivision(page, slug, name);
    await saved(page);
    await expectDivision(second, slug, name);
    await expectDivision(page, slug, name);
    expect(row(server.database).value).toBe(slug);
  }
  await page.reload();
  await hydrated(page);
  await expectDivision(page, "design", "Design");
}

for (const counter of ["data_revision", "rights_revision"]) {
  test(`after ${counter} went back a click shows its figures and comes to rest`, async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    const second = await another(page, server);
    const before = epoch(server);
    const paths = asked(page);
    sql(server.database, `UPDATE ${counter} SET revision = 0`);
    await choose(page, "Web");
    await expectDivision(page, "web", "Web");
    await expectDivision(second, "web", "Web");
    await saved(page);
    // A window that never stops asking would ask hundreds of times meanwhile.
    await page.waitForTimeout(3_000);
    expect(paths.length, paths.join(" ")).toBeLessThan(few);
    expect(epoch(server)).not.toBe(before);
    await choicesStand(page, second, server);
  });
}

for (const [how, change, shown] of [
  ["older rows", "UPDATE settings SET value = 'web', revision = 1 WHERE key = 'division'", ["web", "Web"]],
  ["no rows", "DELETE FROM settings", ["all", "All"]],
] as const) {
  test(`settings that went back to ${how} are shown, and a click stays`, async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    for (const name of ["Web", "Mobile", "Design", "Mobile"]) {
      await choose(page, name);
      await saved(page);
    }
    const second = await another(page, server, "/costs");
    const paths = asked(page);
    sql(server.database, change);
    await expectDivision(page, ...shown);
    await expectDivision(second, ...shown);
    await choicesStand(page, second, server);
    expect(paths.filter((path) => path === "/api/newest").length).toBeLessThan(few);
  });

  test(`a click in the moment in which settings went back to ${how} stays`, async ({ page, server }) => {
    await logIn(page, server.address);
    await hydrated(page);
    for (const name of ["Web", "Mobile", "Design", "Mobile"]) {
      await choose(page, name);
      await saved(page);
    }
    const second = await another(page, server);
    sql(server.database, change);
    await choose(page, "Design");
    await saved(page);
    await expectDivision(page, "design", "Design");
    await expectDivision(second, "design", "Design");
    expect(row(server.database).value).toBe("design");
    await choicesStand(page, second, server);
  });
}

test("settings that went back while the server was away win over what sessions and windows remember", async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  await logIn(page, server.address);
  await hydrated(page);
  for (const name of ["Web", "Mobile", "Design"]) {
    await choose(page, name);
    await saved(page);
  }
  const second = await another(page, server);
  silent(second, [/net::ERR_/]);
  await server.stop();
  sql(server.database, "UPDATE settings SET value = 'web', revision = 1 WHERE key = 'division'");
  await server.run();
  await expectDivision(page, "web", "Web");
  await expectDivision(second, "web", "Web");
  await choicesStand(page, second, server);
});

test("a backup that is restored under open windows is what they show, and then they follow clicks", async ({ page, server }) => {
  silent(page, [/net::ERR_/]);
  const copy = join(server.folder, "copy");
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects?q=WEB-001`);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  run(server, "backup", copy);
  // Under the same revisions as the backup will have by then, but with other data.
  sql(server.database, "UPDATE projects SET name = 'Of a later time' WHERE code = 'WEB-001'; UPDATE data_revision SET revision = revision + 5");
  await expect(page.locator("#table-projects")).toContainText("Of a later time");
  for (const name of ["Mobile", "Design", "All"]) {
    await choose(page, name);
    await saved(page);
  }
  const second = await another(page, server, "/projects?q=WEB-001");
  silent(second, [/net::ERR_/]);
  expect(() => run(server, "restore", copy), "a server uses it").toThrow(/is used by/);
  await server.stop();
  expect(run(server, "restore", copy)).toContain(".before-restore-");
  const paths = asked(page);
  await server.run();
  for (const window of [page, second]) {
    await expectDivision(window, "web", "Web");
    await expect(window.locator("#table-projects")).not.toContainText("Of a later time");
    await expect(window.locator("#table-projects")).toContainText("WEB-001");
  }
  await page.waitForTimeout(3_000);
  expect(paths.length, paths.join(" ")).toBeLessThan(few);
  await choicesStand(page, second, server);
});

test("a stream that ends after its first word is not opened twice a second for ever", async ({ page, server }) => {
  await logIn(page, server.address);
  const newest = await (await page.request.get(`${server.address}/api/newest`)).text();
  let opened = 0;
  await page.route("**/api/live", (route) => {
    opened += 1;
    return route.fulfill({ contentType: "text/event-stream", body: `event: newest\ndata: ${newest}\n\n` });
  });
  await page.goto(server.address);
  await hydrated(page);
  await page.waitForTimeout(10_000);
  expect(opened).toBeGreaterThan(1);
  // After a half, one, two and four seconds at the most.
  expect(opened).toBeLessThan(7);
});

test("a stream that tells what is older again and again is asked about less and less", async ({ page, server }) => {
  await logIn(page, server.address);
  const newest = await (await page.request.get(`${server.address}/api/newest`)).json();
  const older = JSON.stringify({ ...newest, rights_revision: newest.rights_revision - 1 });
  await page.route("**/api/live", (route) => {
    const told = (text: string) => `event: newest\ndata: ${text}\n\n`;
    return route.fulfill({ contentType: "text/event-stream", body: told(JSON.stringify(newest)) + told(older).repeat(200) });
  });
  const paths = asked(page);
  await page.goto(server.address);
  await hydrated(page);
  await page.waitForTimeout(5_000);
  expect(paths.filter((path) => path === "/api/newest").length).toBeLessThan(few);
});
