import { render } from "preact";
import { expect, test, vi } from "vitest";

import { Menu, MenuItem } from "./Menu.tsx";

test("choosing does it, closes the menu and goes back to its button", () => {
  const away = vi.fn();
  render(
    <Menu label="Online">
      <MenuItem onChoose={away} chosen>
        Away
      </MenuItem>
    </Menu>,
    document.body,
  );
  const menu = document.querySelector("details")!;
  menu.open = true;
  const item = menu.querySelector("button")!;
  expect(item.getAttribute("aria-pressed")).toBe("true");
  item.click();
  expect(away).toHaveBeenCalledOnce();
  expect(menu.open).toBe(false);
  expect(document.activeElement).toBe(menu.querySelector("summary"));
});
