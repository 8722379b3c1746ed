// The division follows: over toggles, links, reloads, back and forward, restarts, browsers, and without JavaScript.
import { choose, division, expect, expectDivision, expectSilence, holdProgram, hydrated, logIn, saveData, saved, silent, test, typeLogin } from "../studio";

test("a toggle changes the figures at once and they stay after a reload", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await expectDivision(page, "all", "All");
  const before = await page.locator(".tile .value").first().innerText();
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  const after = await page.locator(".tile .value").first().innerText();
  expect(after).not.toBe(before);
  await page.reload();
  await expectDivision(page, "web", "Web");
  expect(await page.locator(".tile .value").first().innerText()).toBe(after);
});

test("what is unassigned is the last choice, and the rows of the table lead to their division", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const names = page.getByRole("group", { name: "Division" }).locator("label");
  await expect(names).toHaveText(["All", "Web", "Mobile", "Design", "Unassigned"]);
  const row = page.locator("#table-contribution-margin-by-division tbody tr").filter({ hasText: "Unassigned" });
  const revenue = await row.locator("td").first().innerText();
  await choose(page, "Unassigned");
  await expectDivision(page, "unassigned", "Unassigned");
  await expect(page.locator(".tile .value").first()).toHaveText(revenue);
  await page.reload();
  await expectDivision(page, "unassigned", "Unassigned");
  await hydrated(page);
  await choose(page, "All");
  await expectDivision(page, "all", "All");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.locator("#table-contribution-margin-by-division").getByRole("link", { name: "Mobile", exact: true }).click();
  await expectDivision(page, "mobile", "Mobile");
  expect(new URL(page.url()).search).toBe("?division=mobile");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("links lead through the views without a page load and the division stays", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await choose(page, "Mobile");
  await expectDivision(page, "mobile", "Mobile");
  for (const name of ["Projects", "Costs", "Home", "Projects"]) {
    const link = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });
    await link.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle(new RegExp(`^${name}`));
    await expectDivision(page, "mobile", "Mobile");
  }
  await page.locator("#main tbody a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^MOB-/);
  await expectDivision(page, "mobile", "Mobile");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("back and forward show the newest choice", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await choose(page, "Design");
  await expectDivision(page, "design", "Design");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
  await expectDivision(page, "design", "Design");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await expectDivision(page, "design", "Design");
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`the server restarts between two clicks (${signal}) and the division stays`, async ({ page, server }) => {
    // The browser itself logs that the stream was cut, and that nobody answered meanwhile.
    silent(page, [/net::ERR_/]);
    await logIn(page, server.address);
    await hydrated(page);
    await choose(page, "Web");
    await expectDivision(page, "web", "Web");
    // A server that is killed before it answers has promised nothing.
    await saved(page);
    await server.restart(signal);
    await page.getByRole("link", { name: "Projects" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
    await expectDivision(page, "web", "Web");
    await page.reload();
    await expectDivision(page, "web", "Web");
  });
}

test("a second browser of the same user shows the same division", async ({ page, server, browser }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const answered = page.waitForResponse("**/api/setting");
  await choose(page, "Design");
  await answered;
  const other = await (await browser.newContext()).newPage();
  silent(other);
  await logIn(other, server.address);
  await expectDivision(other, "design", "Design");
  await hydrated(other);
  await choose(other, "Web");
  await expectDivision(other, "web", "Web");
  await page.reload();
  await expectDivision(page, "web", "Web");
  expectSilence(other);
  await other.context().close();
});

test("the division is chosen by the keyboard alone", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await division(page, "All").focus();
  await page.keyboard.press("ArrowRight");
  await expectDivision(page, "web", "Web");
  await page.keyboard.press("ArrowRight");
  await expectDivision(page, "mobile", "Mobile");
  await expect(division(page, "Mobile")).toBeFocused();
});

test("of two quick toggles the later one wins, however slow the first is answered", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  let first = true;
  await page.route("**/api/setting", async (route) => {
    if (first) {
      first = false;
      const answer = await route.fetch();
      await page.waitForFunction(() => (document.querySelector("main") as HTMLElement).dataset.division === "design");
      await route.fulfill({ response: answer });
    } else {
      await route.continue();
    }
  });
  await choose(page, "Web");
  const second = page.waitForResponse((response) => response.url().endsWith("/api/setting") && response.request().postData()!.includes("design"));
  await choose(page, "Design");
  await second;
  await expectDivision(page, "design", "Design");
  await page.reload();
  await expectDivision(page, "design", "Design");
});

test("old figures stay, dimmed and busy, until those of the new division are there", async ({ page, server }) => {
  await saveData(page);
  await logIn(page, server.address);
  await hydrated(page);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/figures*", async (route) => {
    await held;
    await route.continue();
  });
  const before = await page.locator(".figures").innerText();
  await choose(page, "Web");
  await expect(division(page, "Web")).toBeChecked();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("main")).toHaveAttribute("data-division", "all");
  expect(await page.locator(".figures").innerText()).toBe(before);
  await expect(page.locator(".figures")).toHaveCSS("opacity", "0.6");
  release();
  await expectDivision(page, "web", "Web");
  await expect(page.locator(".figures")).toHaveCSS("opacity", "1");
});

test("a choice that is refused goes back and says why", async ({ page, server }) => {
  silent(page, [/status of 503/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.route("**/api/setting", (route) =>
    route.fulfill({ status: 503, contentType: "application/json", body: JSON.stringify({ kind: "unavailable", message: "The database rests." }) }),
  );
  await choose(page, "Web");
  await expect(page.getByRole("status")).toContainText("Division was not changed. The database rests.");
  await expectDivision(page, "all", "All");
  await page.unroute("**/api/setting");
  await page.getByRole("button", { name: "Try again" }).click();
  await expectDivision(page, "web", "Web");
  await expect(page.getByRole("status")).not.toContainText("not changed");
});

test("a choice that no longer stands loads the page anew, which falls back and says so", async ({ page, server }) => {
  silent(page, [/status of 400/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const message = "There is no division “web” among those you may see.";
  await page.route("**/api/figures*", (route) =>
    route.fulfill({ status: 400, contentType: "application/json", body: JSON.stringify({ kind: "invalid", field: "division", message }) }),
  );
  await choose(page, "Web");
  await page.waitForFunction(() => !("sameDocument" in window));
  await hydrated(page);
});

test("figures that can't be loaded say so and can be tried again", async ({ page, server }) => {
  silent(page, [/Failed to load resource/]);
  await logIn(page, server.address);
  await hydrated(page);
  await page.route("**/api/figures*", (route) => route.abort());
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("alert")).toContainText("The figures could not be loaded.");
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await page.unroute("**/api/figures*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
});

test("a click before the page is hydrated is not lost", async ({ page, server }) => {
  await logIn(page, server.address);
  const release = await holdProgram(page);
  await page.goto(server.address);
  await choose(page, "Mobile");
  await expect(page.locator("html")).not.toHaveClass(/hydrated/);
  release();
  await hydrated(page);
  await expectDivision(page, "mobile", "Mobile");
  await page.reload();
  await expectDivision(page, "mobile", "Mobile");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the toggle, the period and the views work as forms and links", async ({ page, server }) => {
    await page.goto(`${server.address}/projects?sort=revenue`);
    await typeLogin(page);
    await expect(page).toHaveURL(`${server.address}/projects?sort=revenue`);
    await choose(page, "Web");
    await page.locator("form.division").getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(`${server.address}/projects?sort=revenue`);
    await expectDivision(page, "web", "Web");
    await page.getByRole("link", { name: "Costs" }).click();
    await expectDivision(page, "web", "Web");
    await page.getByLabel("Period").selectOption("2025");
    await page.locator("form.period").getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await page.getByText("Custom dates").click();
    await page.getByLabel("From").fill("2026-03-01");
    await page.getByLabel("To", { exact: true }).fill("2026-03-31");
    await page.locator(".custom").getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2026-03-01..2026-03-31");
    await page.getByRole("searchbox").fill("travel");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(`${server.address}/costs?q=travel`);
    await expectDivision(page, "web", "Web");
  });
});
