/** Which conversations are open side by side, and which of them one works in. */
export interface Panes {
  open: readonly number[];
  active: number | null;
}

export const none: Panes = { open: [], active: null };

/** In the present pane, or where it is open already. */
export function show(panes: Panes, id: number): Panes {
  if (panes.open.includes(id)) return { ...panes, active: id };
  if (panes.active === null) return { open: [...panes.open, id], active: id };
  return { open: panes.open.map((each) => (each === panes.active ? id : each)), active: id };
}

/** In a pane of its own; where there is no room the oldest other one gives way. */
export function beside(panes: Panes, id: number, room: number): Panes {
  const others = panes.open.filter((each) => each !== id);
  return { open: [...others.slice(Math.max(0, others.length - room + 1)), id], active: id };
}

export function close(panes: Panes, id: number): Panes {
  const open = panes.open.filter((each) => each !== id);
  const active = panes.active === id ? (open.at(-1) ?? null) : panes.active;
  return { open, active };
}

/** As many as the window has room for, the active one always among them. */
export function visible({ open, active }: Panes, room: number): number[] {
  if (open.length <= room) return [...open];
  const kept = open.filter((each) => each !== active).slice(-(room - 1));
  const chosen = room > 1 ? kept : [];
  return open.filter((each) => each === active || chosen.includes(each));
}
