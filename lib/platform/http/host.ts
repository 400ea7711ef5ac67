const LOCAL_HOST = /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i;

/**
 * Where everything runs on this machine alone, only requests that name this machine are answered: a page of another site
 * that has pointed its own name at 127.0.0.1 (DNS rebinding) is not.
 */
export const hostAllowed = (host: string | null, env: { loopbackOnly: boolean }): boolean =>
  !env.loopbackOnly || (host !== null && LOCAL_HOST.test(host));
