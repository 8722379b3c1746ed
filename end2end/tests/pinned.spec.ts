// Addresses that pin a setting to one window: by a link, by the pin beside a setting, over links and the login, until dropped.
import { another, choose, division, expect, expectDivision, hydrated, logIn, saved, test, typeLogin, webLead, type Page } from "../studio";
import { row, sessionCopies } from "../layers";

const pinned = (page: Page) => page.locator(".notice.pinned");
const comesFrom = (page: Page, setting: string, source: "address" | "choice") =>
  expect(page.locator(`form.setting.${setting}`)).toHaveAttribute("data-source", source);

/** Every request of the page that could change something. */
function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(new URL(request.url()).pathname));
  return sent;
}

test("a link with a division shows it in this window and stores nothing", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Design");
  await saved(page);
  const before = row(server.database);
  const sent = posts(page);
  await page.goto(`${server.address}/projects?division=web&sort=revenue`);
  await expectDivision(page, "web", "Web");
  await hydrated(page);
  await expectDivision(page, "web", "Web");
  await expect(pinned(page)).toContainText("This window stays on Web. Your own choice: Against the time before, Year to date");
  await comesFrom(page, "division", "address");
  await comesFrom(page, "period", "choice");
  expect(row(server.database)).toEqual(before);
  expect(sessionCopies(server.database)).toEqual([before]);
  expect(sent).toEqual([]);
  const other = await another(page, server);
  await expectDivision(other, "design", "Design");
  await expect(pinned(other)).toHaveCount(0);
});

test("links, a search, a project and back keep what is pinned", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/?division=mobile&period=2025`);
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const holds = async () => {
    await expectDivision(page, "mobile", "Mobile");
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await expect(pinned(page)).toContainText("This window stays on Mobile, 2025.");
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ division: "mobile", period: "2025" });
  };
  for (const name of ["Projects", "Costs", "Home", "Projects"]) {
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await holds();
  }
  await page.getByRole("searchbox").fill("MOB-00");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=MOB-00/);
  await holds();
  await page.locator("th").getByRole("link", { name: "Revenue" }).click();
  await expect(page).toHaveURL(/sort=revenue/);
  await holds();
  await page.locator("#main tbody a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^MOB-/);
  await holds();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
  await holds();
  await page.getByRole("link", { name: "ControlManiac" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
  await holds();
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  expect(row(server.database)).toBeUndefined();
});

test("a link with a division leads through the login", async ({ page, server }) => {
  await page.goto(`${server.address}/projects?division=design&q=DSG`);
  await typeLogin(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
  await expectDivision(page, "design", "Design");
  await expect(page).toHaveURL(/division=design/);
  await expect(page).toHaveURL(/q=DSG/);
  await expect(pinned(page)).toContainText("This window stays on Design.");
  expect(row(server.database)).toBeUndefined();
});

test("a window is pinned, toggled and dropped: only its address changes", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const other = await another(page, server);
  await choose(page, "Web");
  await saved(page);
  await expectDivision(other, "web", "Web");
  const before = row(server.database);
  const sent = posts(page);
  await page.locator("form.division").getByRole("link", { name: /^Keep this window on / }).click();
  await expect(page).toHaveURL(`${server.address}/?division=web`);
  await expect(pinned(page)).toContainText("This window stays on Web.");
  await expect(page.locator("form.division").getByRole("link", { name: /^Keep this window on / })).toHaveCount(0);
  await choose(page, "Mobile");
  await expect(page).toHaveURL(`${server.address}/?division=mobile`);
  await expectDivision(page, "mobile", "Mobile");
  await page.reload();
  await hydrated(page);
  await expectDivision(page, "mobile", "Mobile");
  expect(sent).toEqual([]);
  expect(row(server.database)).toEqual(before);
  await expectDivision(other, "web", "Web");
  await pinned(page).getByRole("link", { name: "Back to my choice" }).click();
  await expect(page).toHaveURL(`${server.address}/`);
  await expectDivision(page, "web", "Web");
  await expect(pinned(page)).toHaveCount(0);
  expect(row(server.database)).toEqual(before);
});

test("what is pinned is adopted everywhere", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  const other = await another(page, server);
  await page.goto(`${server.address}/costs?division=mobile&period=2025`);
  await hydrated(page);
  await pinned(page).getByRole("button", { name: "Use everywhere" }).click();
  await expect(page).toHaveURL(`${server.address}/costs`);
  await expectDivision(page, "mobile", "Mobile");
  await expect(pinned(page)).toHaveCount(0);
  await saved(page);
  await saved(page, "period");
  await expectDivision(other, "mobile", "Mobile");
  await expect(other.getByRole("main")).toHaveAttribute("data-period", "2025");
  expect([row(server.database).value, row(server.database, "period").value]).toEqual(["mobile", "2025"]);
});

test("the pinned window keeps its value and says so when the choice changes elsewhere", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/?division=web`);
  await hydrated(page);
  const other = await another(page, server);
  await other.getByLabel("Period").selectOption("2025");
  // The period is absent in the address: it follows the person's choice.
  await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
  await expect(pinned(page)).toContainText("This window stays on Web. Your own choice: Against the time before, 2025, 50 rows.");
  await choose(other, "Design");
  await saved(other);
  await expect(page.locator(".passing .notice").filter({ hasText: "Division is now Design" })).toContainText("but not in this pinned one");
  await expectDivision(page, "web", "Web");
  await expect(page).toHaveURL(`${server.address}/?division=web`);
  await pinned(page).getByRole("link", { name: "Back to my choice" }).click();
  await expectDivision(page, "design", "Design");
});

test("two windows of one person are pinned to two divisions side by side", async ({ page, server }) => {
  await logIn(page, server.address);
  await page.goto(`${server.address}/?division=web`);
  await hydrated(page);
  const other = await another(page, server, "/?division=mobile");
  await choose(other, "Design");
  await expectDivision(other, "design", "Design");
  await page.getByLabel("Period").selectOption("2024");
  await expect(other.getByRole("main")).toHaveAttribute("data-period", "2024");
  await expectDivision(page, "web", "Web");
  await expectDivision(other, "design", "Design");
  expect(row(server.database)).toBeUndefined();
});

test("a link to an archived division shows its history in this window, and nobody can make it their choice", async ({ page, server }) => {
  await logIn(page, server.address);
  await hydrated(page);
  await choose(page, "Web");
  await saved(page);
  const before = row(server.database);
  await expect(division(page, "Print (archived)")).toHaveCount(0);
  const sent = posts(page);
  await page.goto(`${server.address}/projects?division=print&period=2025`);
  await expectDivision(page, "print", "Print (archived)");
  await hydrated(page);
  await expectDivision(page, "print", "Print (archived)");
  await expect(page.locator(".figures")).toContainText(/PRT-\d{3}/);
  await expect(page.locator(".figures")).not.toContainText(/WEB-\d{3}/);
  await expect(pinned(page)).toContainText("Print (archived), 2025");
  await expect(pinned(page).getByRole("button", { name: "Use everywhere" })).toHaveCount(0);
  // It is beside the others, and stays there while the window is pinned, so the keyboard reaches all of them.
  await expect(page.getByRole("group", { name: "Division" }).getByRole("radio")).toHaveCount(6);
  await division(page, "Print (archived)").focus();
  await page.keyboard.press("ArrowLeft");
  await expectDivision(page, "design", "Design");
  await expect(division(page, "Design")).toBeFocused();
  await expect(page).toHaveURL(`${server.address}/projects?division=design&period=2025`);
  await expect(pinned(page).getByRole("button", { name: "Use everywhere" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expectDivision(page, "print", "Print (archived)");
  await expect(pinned(page).getByRole("button", { name: "Use everywhere" })).toHaveCount(0);
  expect(sent).toEqual([]);
  await pinned(page).getByRole("link", { name: "Back to my choice" }).click();
  await expect(page).toHaveURL(`${server.address}/projects`);
  await expectDivision(page, "web", "Web");
  await expect(division(page, "Print (archived)")).toHaveCount(0);
  expect(row(server.database)).toEqual(before);
});

test("a link to a division that one may not see shows All and says so", async ({ page, server }) => {
  await logIn(page, server.address, webLead);
  for (const slug of ["mobile", "print", "nonsense"]) {
    await page.goto(`${server.address}/?division=${slug}&period=2025`);
    await hydrated(page);
    await expectDivision(page, "all", "All of yours");
    await expect(page.locator(".notices").first()).toContainText(`division “${slug}”`);
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await expect(page).toHaveURL(`${server.address}/?division=all&period=2025`);
    expect(await page.content()).not.toMatch(/MOB-\d|PRT-\d/);
  }
  expect(row(server.database, "division", 2)).toBeUndefined();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a window is pinned to an archived division, toggled and dropped", { tag: "@chromium" }, async ({ page, server }) => {
    await page.goto(`${server.address}/projects?division=print&period=2025`);
    await typeLogin(page);
    await expectDivision(page, "print", "Print (archived)");
    await expect(pinned(page)).toContainText("This window stays on Print (archived)");
    await expect(pinned(page).getByRole("button", { name: "Use everywhere" })).toHaveCount(0);
    await page.locator("form.division").getByRole("button", { name: "Apply" }).click();
    await expectDivision(page, "print", "Print (archived)");
    await choose(page, "Design");
    await page.locator("form.division").getByRole("button", { name: "Apply" }).click();
    await expectDivision(page, "design", "Design");
    await expect(division(page, "Print (archived)")).toHaveCount(0);
    await pinned(page).getByRole("link", { name: "Back to my choice" }).click();
    await expect(page).toHaveURL(`${server.address}/projects`);
    await expectDivision(page, "all", "All");
    expect(row(server.database)).toBeUndefined();
  });

  test("a window is pinned, toggled, adopted and dropped by forms and links", { tag: "@chromium" }, async ({ page, server }) => {
    await page.goto(`${server.address}/projects?division=web&sort=revenue`);
    await typeLogin(page);
    await expectDivision(page, "web", "Web");
    await expect(pinned(page)).toContainText("This window stays on Web. Your own choice: Against the time before, Year to date");
    await choose(page, "Mobile");
    await page.locator("form.division").getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/\/projects\?sort=revenue&division=mobile$/);
    await expectDivision(page, "mobile", "Mobile");
    expect(row(server.database)).toBeUndefined();
    await page.getByRole("link", { name: "Costs" }).click();
    await expectDivision(page, "mobile", "Mobile");
    // A search is a form: it must carry the pin along as well.
    await page.getByRole("searchbox").fill("travel");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(/q=travel/);
    await expectDivision(page, "mobile", "Mobile");
    await expect(pinned(page)).toBeVisible();
    await pinned(page).getByRole("link", { name: "Back to my choice" }).click();
    await expect(page).toHaveURL(`${server.address}/costs?q=travel`);
    await expectDivision(page, "all", "All");
    await choose(page, "Design");
    await page.locator("form.division").getByRole("button", { name: "Apply" }).click();
    await expectDivision(page, "design", "Design");
    await page.locator("form.period").getByRole("link", { name: /^Keep this window on / }).click();
    await expect(page).toHaveURL(/period=ytd/);
    await page.getByLabel("Period").selectOption("2025");
    await page.locator("form.period").getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    expect(row(server.database, "period")).toBeUndefined();
    await pinned(page).getByRole("button", { name: "Use everywhere" }).click();
    await expect(page).toHaveURL(`${server.address}/costs?q=travel`);
    await expect(page.getByRole("main")).toHaveAttribute("data-period", "2025");
    await expect(pinned(page)).toHaveCount(0);
    expect([row(server.database).value, row(server.database, "period").value]).toEqual(["design", "2025"]);
  });
});
