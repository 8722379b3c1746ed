// Addresses that a browser could take for another server's. A person who opens one, by a link or by hand, stays on this
// server, and so does everything that the page offers.
import { choose, expect, expectDivision, hydrated, logIn, saved, silent, test, typeLogin, type Page, type Server } from "../studio";
import { row } from "../layers";

/** The paths that are opened after the server's own address; the browser may rewrite it before the request. */
const elsewhere = [
  "/.//evil.test/?division=nope",
  "//evil.test/?division=nope",
  "/\\evil.test/?division=nope",
  "/\\evil.test/?period=zz",
  "/%2e//evil.test/?division=nope",
  "/%5Cevil.test/?period=zz",
  "/%09/evil.test/?division=nope",
];

/** Records requests to any server other than `server`. */
function strayed(page: Page, server: Server): string[] {
  const asked: string[] = [];
  page.on("request", (request) => new URL(request.url()).origin !== server.address && asked.push(request.url()));
  return asked;
}

/** The plain page that says that there is nothing here: it has no program that could navigate. */
async function expectNothing(page: Page, server: Server) {
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.address);
  await expect(page.locator("script")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Back to my choice" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Use everywhere" })).toHaveCount(0);
  await expect(page.locator("form.setting, a.pin")).toHaveCount(0);
  for (const link of await page.locator("a[href]").all()) {
    expect(await link.evaluate((link: HTMLAnchorElement) => link.origin)).toBe(server.address);
  }
}

test("what could be another server's address is nothing, and stays here", async ({ page, server }) => {
  silent(page, [/status of 404/]);
  const asked = strayed(page, server);
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  const before = row(server.database);
  for (const place of elsewhere) {
    const answer = await page.goto(server.address + place);
    expect(answer!.status(), place).toBe(404);
    await expectNothing(page, server);
  }
  expect(row(server.database)).toEqual(before);
  expect(asked).toEqual([]);
});

test("a page that leads to such an address itself stays here", async ({ page, server }) => {
  silent(page, [/status of 404/]);
  const asked = strayed(page, server);
  await logIn(page, server.address);
  for (const place of ["/.//evil.test/?division=nope", "/%5Cevil.test/?division=nope", "/%09/evil.test/?period=zz"]) {
    await page.goto(server.address);
    await hydrated(page);
    await page.evaluate((place) => location.assign(place), place);
    await expectNothing(page, server);
  }
  expect(asked).toEqual([]);
});

test("a login leads nowhere else", async ({ page, server }) => {
  // A page whose cookies are taken away may still be asking.
  silent(page, [/status of 401/]);
  const asked = strayed(page, server);
  for (const place of elsewhere) {
    await page.context().clearCookies();
    await page.goto(`${server.address}/login?next=${encodeURIComponent(place)}`);
    await typeLogin(page);
    await expect(page).toHaveURL(`${server.address}/`);
    await hydrated(page);
    await expectDivision(page, "all", "All");
    // A person who is logged in already is led on at once.
    await page.goto(`${server.address}/login?next=${encodeURIComponent(place)}`);
    await expect(page).toHaveURL(`${server.address}/`);
  }
  expect(asked).toEqual([]);
});
