import type { HttpReply, HttpRequest, Route } from "../../http/router";
import { StripeError } from "../errors";
import type { Books, BooksTable } from "../state/books";
import type { World } from "../world";
import { html, page } from "./html";

/** Ids are not guessed: what an address names is looked for in every account's books. */
export function findAnywhere<N extends BooksTable>(
  world: World,
  table: N,
  id: string | undefined,
): { books: Books; value: NonNullable<ReturnType<Books[N]["get"]>> } {
  for (const books of world.allBooks()) {
    const value = books[table].get(id ?? "");
    if (value) return { books, value: value as NonNullable<ReturnType<Books[N]["get"]>> };
  }
  throw new StripeError(404, "There is nothing at this address, or not any more.");
}

/** A page, or the sentence that says why there is none. */
export function pageRoute(
  world: World,
  method: "GET" | "POST",
  pattern: string,
  show: (request: HttpRequest, form: URLSearchParams) => HttpReply,
): Route {
  return {
    method,
    pattern,
    async handle(request) {
      try {
        const form = new URLSearchParams(method === "POST" ? (await request.body()).toString("utf8") : "");
        const reply = show(request, form);
        world.afterRequest();
        return reply;
      } catch (error) {
        if (!(error instanceof StripeError)) throw error;
        return page("Emulated Stripe", html`<h1>${error.message}</h1>`, error.status);
      }
    },
  };
}
