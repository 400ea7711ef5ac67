/** Import it where Clerk is on, at the time of use: its scripts are no business of a deployment without Clerk. */
export { ClerkSession } from "@/lib/adapters/clerk/ui/session";
export { ClerkSignIn } from "@/lib/adapters/clerk/ui/sign-in";
export { ClerkSignOut } from "@/lib/adapters/clerk/ui/sign-out";
