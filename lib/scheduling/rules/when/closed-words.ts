import { at, type Token } from "./tokens";

/** Words that name nothing: after a number they leave it alone ("the 15th would be great"), while any other may be what it counts ("the 3rd floor"). */
const CLOSED = new Set(
  `i im ill id we you he she it they that this these those there who what which when where how
   is are was were am be been being do does did have has had having will would wont wouldnt can could cant couldnt should shall may might must
   dont doesnt didnt isnt arent lets let get got make see say said think guess believe hope need want like
   at in on around about before after from to till til until untill through between by during within since with without for of or and but
   if so as because though although unless while then than not no nor yes yeah yep ok okay sure please thanks thank sorry um uh er erm hmm well oh
   a an the any some either both maybe perhaps possibly probably preferably ideally actually really just only also too instead still again already ish
   sometime anytime next last first every each available free good fine great perfect best better alright right possible works work suits okay sounds
   noon midday midnight tonight today tomorrow yesterday am pm oclock my our your`.split(/\s+/),
);

/** "The four of us". */
const PEOPLE = new Set(["us", "you", "them", "use"]);

/** Whether the word at a place may be what the number before it counts. */
export function isCounted(t: readonly Token[], i: number): boolean {
  const { kind, text, glued } = at(t, i);
  if (text === "of" && PEOPLE.has(at(t, i + 1).text)) return true;
  return kind === "word" && !glued && !CLOSED.has(text);
}
