/** The longest piece `calendar_busy` holds (constraint calendar_busy_piece). */
const PIECE_MS = 86_400_000;

type Block = { startMs: number; endMs: number };

/** A block cut to the window and into pieces of a day at most; nothing of one that lies outside or has no length. */
export function piecesOf(block: Block, window: { fromMs: number; toMs: number }): Block[] {
  const from = Math.max(Math.floor(block.startMs), window.fromMs);
  const to = Math.min(Math.ceil(block.endMs), window.toMs);
  const pieces: Block[] = [];
  for (let startMs = from; startMs < to; startMs += PIECE_MS)
    pieces.push({ startMs, endMs: Math.min(startMs + PIECE_MS, to) });
  return pieces;
}
