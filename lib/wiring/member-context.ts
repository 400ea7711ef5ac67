import "server-only";
import { headers } from "next/headers";
import { notFound, redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { listMemberships } from "@/db/system";
import type { Viewer } from "@/lib/identity/schemas";
import { authorise, loadMembership, may } from "@/lib/organizations";
import type { MemberRole, Membership, Organization, Permission } from "@/lib/organizations/schemas";
import { keepRequestsWithinPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { AppError, notFound as notFoundError } from "@/lib/platform/errors";
import { type ActionState, done, type FormState, failed, formValues } from "@/lib/platform/form-state";
import type { RouteHandler, RouteInfo } from "@/lib/platform/http";
import { newId } from "@/lib/platform/ids";
import { enforceLimit, type Limit, rateLimitHeaders } from "@/lib/platform/rate-limit";
import { app, contextFor } from "./app";
import { requireSameOrigin } from "./same-origin";
import { getViewer } from "./viewer";

export type MemberContext = {
  ctx: Context;
  org: Organization;
  member: { id: string; role: MemberRole };
  viewer: Viewer;
  /** Every organisation of the viewer, this one included, by name. */
  memberships: Membership[];
};

/** The viewer's organisations; read once per request, never kept across requests. */
export const viewerMemberships = cache(
  async (userId: string): Promise<Membership[]> => listMemberships((await app()).database, userId),
);

type Found = MemberContext | "signed_out" | "outsider";

const findMemberContext = cache(async (slug: string): Promise<Found> => {
  const viewer = await getViewer();
  if (!viewer) return "signed_out";
  const memberships = await viewerMemberships(viewer.userId);
  const membership = memberships.find((each) => each.slug === slug);
  if (!membership) return "outsider";
  const theApp = await app();
  const found = await loadMembership(theApp.database, { orgId: membership.orgId, userId: viewer.userId });
  if (!found) return "outsider";
  const ctx = contextFor(theApp, found.org.id, {
    kind: "member",
    userId: viewer.userId,
    memberId: found.member.id,
    role: found.member.role,
    label: viewer.name || viewer.email,
  });
  return { ctx, ...found, viewer, memberships };
});

/**
 * The way into every page of an organisation: its context for the signed-in member. Sends the signed-out to sign-in (and back to
 * `/o/<slug>` or `next`), answers 404 to outsiders whether the organisation exists or not. With `permission`: 403 as a thrown AppError.
 */
export async function memberContext(
  slug: string,
  options: { next?: string; permission?: Permission } = {},
): Promise<MemberContext> {
  const found = await findMemberContext(slug);
  if (found === "signed_out")
    redirect(`/sign-in?next=${encodeURIComponent(options.next ?? (await currentPath(slug)))}`);
  if (found === "outsider") notFound();
  if (options.permission) authorise(found.ctx, options.permission);
  return found;
}

/** The middleware tells the path; without it (not a page's request) the organisation's first page. */
async function currentPath(slug: string): Promise<string> {
  const path = (await headers()).get("x-path");
  return path?.startsWith("/o/") ? path : `/o/${slug}`;
}

type ActionResult = FormState | undefined;
type ActionOptions = {
  permission?: Permission;
  /** Its text entries come back as `values` after a refusal. */
  form?: FormData;
};

/**
 * Runs a server action as a member and turns what it throws into a form's state: AppError with its field errors, everything else
 * logged under the request's id. Outsiders get 404, the signed-out are sent to sign-in; `redirect()` and `notFound()` inside pass through.
 */
export async function memberAction(
  slug: string,
  fn: (member: MemberContext) => Promise<ActionResult>,
): Promise<ActionState>;
export async function memberAction(
  slug: string,
  options: Permission | ActionOptions | undefined,
  fn: (member: MemberContext) => Promise<ActionResult>,
): Promise<ActionState>;
export async function memberAction(
  slug: string,
  second: Permission | ActionOptions | undefined | ((member: MemberContext) => Promise<ActionResult>),
  third?: (member: MemberContext) => Promise<ActionResult>,
): Promise<ActionState> {
  const fn = typeof second === "function" ? second : third;
  if (!fn) throw new Error("memberAction needs a function");
  const options: ActionOptions =
    typeof second === "string" ? { permission: second } : typeof second === "object" ? second : {};
  // Who acts is found out inside as well: a form is not taken away from whoever filled it in because that failed.
  const scope: ActionScope = { log: (await app()).log, form: options.form };
  const state = await actionState(scope, async () => {
    const member = await memberContext(slug);
    scope.log = member.ctx.log;
    if (may(member.ctx.actor, "billing.read")) scope.plansAt = plansPage(slug);
    if (options.permission) authorise(member.ctx, options.permission);
    return fn(member);
  });
  if (state.ok) (await app()).jobs.poke();
  return state.ok || !options.form ? state : { ...state, values: { ...formValues(options.form), ...state.values } };
}

const plansPage = (slug: string) => `/o/${slug}/billing/plans`;

/** `plansAt` is where who was refused may see what other plans have. */
type ActionScope = { log: Context["log"]; form?: FormData | undefined; plansAt?: string };

/** Runs `fn` and translates its outcome; for the actions of people who are not (yet) members of an organisation as well. */
export async function actionState(scope: ActionScope, fn: () => Promise<ActionResult>): Promise<ActionState> {
  try {
    const state = await fn();
    return state ? { ...state, ok: state.status === "ok" } : done();
  } catch (error) {
    unstable_rethrow(error);
    const { log } = scope;
    if (error instanceof AppError) {
      if (error.options.cause) log.warn({ err: error }, "action refused");
      const fields = error.options.fields?.filter((field) => field.path);
      const state = failed(
        error.message,
        fields && Object.fromEntries(fields.map((field) => [field.path, field.message])),
      );
      if (!error.options.beyondPlan || !scope.plansAt) return state;
      // Beside its field the sentence is not said a second time.
      const isBesideField = fields?.some(({ path }) => scope.form?.has(path));
      const message = isBesideField ? "Nothing was changed." : error.message;
      return { ...state, message, remedy: { href: scope.plansAt, label: "See the plans" } };
    }
    const requestId = (await headers()).get("x-request-id") ?? newId("request");
    log.error({ err: error, requestId }, "action failed");
    return failed(
      `Something went wrong on our side and nothing was changed. Try again; if it stays, tell us ${requestId}.`,
    );
  }
}

/**
 * A route handler under /o/[slug]: `routes<{ slug: string }>({ GET: memberRoute(…) }, { name })`. The signed-out get 401, outsiders 404,
 * whoever may not 403, each as a problem; methods that change something must come from our own pages. Requests count against the plan's (429
 * beyond them) and answers say what is left, but for a route that is `partOfPage`: what a page needs while it is looked at, each member within
 * the limit that stands there, if one does.
 */
export function memberRoute<P extends { slug: string }>(
  handler: (request: Request, member: MemberContext, info: RouteInfo<P>) => Promise<Response>,
  options: { permission?: Permission; partOfPage?: true | Limit } = {},
): RouteHandler<P> {
  return async (request, info) => {
    requireSameOrigin(request);
    const found = await findMemberContext(info.params.slug);
    if (found === "signed_out") throw new AppError("unauthenticated", "Sign in first.");
    if (found === "outsider") throw notFoundError("This organisation");
    info.addToLog({ orgId: found.org.id });
    authorise(found.ctx, options.permission ?? "read");
    const { jobs, limiter } = await app();
    const changeAt = plansPage(found.org.slug);
    const { partOfPage } = options;
    if (typeof partOfPage === "object") await enforceLimit(limiter, `page:${found.member.id}`, partOfPage);
    const left = partOfPage ? undefined : await keepRequestsWithinPlan(found.ctx, limiter, { changeAt });
    const response = await handler(request, { ...found, ctx: { ...found.ctx, log: info.log } }, info);
    if (left) for (const [name, value] of Object.entries(rateLimitHeaders(left))) response.headers.set(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") jobs.poke();
    return response;
  };
}
