/** Why this person: named by the caller, usual for this contact, fair share, the only one who could, or all together. */
export type AssignedBy = "asked" | "preferred" | "round_robin" | "only_one" | "together";

export type Candidate = {
  id: string;
  /** Share of what nobody asked for by name; 0 = only by name. */
  weight: number;
  /** How many of those they have had lately. */
  turns: number;
};

export type Assignment = { id: string; by: AssignedBy; why: string };

/**
 * Who of those who are free does it. Somebody preferred has precedence; otherwise whoever is furthest behind their share: the least
 * (turns + 1) / weight, the owner's order between equals. Over many bookings turns are as weights are (the rule of D'Hondt), and the
 * same state always gives the same person. Where all have weight 0 all count alike. undefined where nobody is free.
 */
export function assign(free: readonly Candidate[], preferredId?: string | null): Assignment | undefined {
  const [only] = free;
  if (!only) return undefined;
  const preferred = preferredId ? free.find((each) => each.id === preferredId) : undefined;
  if (preferred) return { id: preferred.id, by: "preferred", why: "" };
  if (free.length === 1) return { id: only.id, by: "only_one", why: "" };
  const sharing = free.some((each) => each.weight > 0) ? free.filter((each) => each.weight > 0) : free;
  const behind = (each: Candidate) => (each.turns + 1) / Math.max(each.weight, 1);
  const next = sharing.reduce((best, each) => (behind(each) < behind(best) ? each : best));
  const turns = sharing.reduce((sum, each) => sum + each.turns, 0);
  const shares = sharing.reduce((sum, each) => sum + Math.max(each.weight, 1), 0);
  return {
    id: next.id,
    by: "round_robin",
    why: `${next.turns} of ${turns} turns so far, share ${Math.max(next.weight, 1)} of ${shares}`,
  };
}
