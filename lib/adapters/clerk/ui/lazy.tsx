"use client";

import dynamic from "next/dynamic";

/** A page carries the code of every client module its server files import, rendered or not: Clerk's comes only where it is rendered. */
export const LazyProvider = dynamic(() => import("./provider").then((loaded) => loaded.Provider));
export const LazySignIn = dynamic(() => import("./sign-in-form").then((loaded) => loaded.SignInForm));
export const LazySignOut = dynamic(() => import("./end-session").then((loaded) => loaded.EndSession));
