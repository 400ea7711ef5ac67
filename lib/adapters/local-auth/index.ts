import { createHmac } from "node:crypto";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { emailOTP } from "better-auth/plugins/email-otp";
import { AppError } from "@/lib/platform/errors";

export const CODE_MINUTES = 10;
/** Wrong guesses a code survives; with the limits per address a code of six digits is found with odds below 1 : 10,000. */
export const CODE_ATTEMPTS = 5;
const SESSION_DAYS = 30;

type Model = "user" | "session" | "account" | "verification";

export type LocalAuthConfig = {
  db: Parameters<typeof drizzleAdapter>[0];
  /** Drizzle tables whose properties carry better-auth's field names. */
  tables: Record<Model, unknown>;
  secret: string;
  appUrl: string;
  /** Origins besides `appUrl` that are this server as well. */
  trustedOrigins: string[];
  newId: (model: Model) => string;
  sendCode: (mail: { email: string; code: string }) => Promise<void>;
  onError: (message: string, details: unknown) => void;
};

/** What the wiring needs of better-auth, and nothing of its wide surface. */
export type LocalAuth = ReturnType<typeof createLocalAuth>;

/**
 * Sign-in by a one-time code sent by e-mail, sessions in our own tables. Of the code only a keyed hash is kept (six digits under a
 * plain hash are found by trying all of them).
 */
export function createLocalAuth(config: LocalAuthConfig) {
  const auth = betterAuth({
    appName: "Caly",
    baseURL: config.appUrl,
    basePath: "/api/auth",
    secret: config.secret,
    trustedOrigins: config.trustedOrigins,
    database: drizzleAdapter(config.db, { provider: "pg", schema: config.tables }),
    telemetry: { enabled: false },
    // Ours count per e-mail address and per network address, over all instances (lib/wiring/auth.ts).
    rateLimit: { enabled: false },
    session: {
      expiresIn: SESSION_DAYS * 86_400,
      // A page that is being rendered cannot set a cookie: a session lasts its days and is not drawn out.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: "caly",
      // Said aloud: left out, the library drops both wherever it takes the surroundings for a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: config.appUrl.startsWith("https:"),
      ipAddress: { disableIpTracking: true },
      database: { generateId: ({ model }) => config.newId(model as Model) },
    },
    logger: {
      level: "error",
      log: (_level, message, ...details) => config.onError(message, details[0]),
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: CODE_MINUTES * 60,
        allowedAttempts: CODE_ATTEMPTS,
        storeOTP: { hash: async (code) => createHmac("sha256", config.secret).update(code).digest("base64url") },
        sendVerificationOTP: ({ email, otp }) => config.sendCode({ email, code: otp }),
      }),
      nextCookies(),
    ],
  });

  return {
    /** The HTTP face; which paths reach it is decided in app/api/auth. */
    async handler(request: Request): Promise<Response> {
      const response = await auth.handler(request);
      if (response.status < 500) return response;
      throw new AppError("unavailable", "Sign-in does not work just now. Try again in a moment.", {
        retryAfterSeconds: 5,
      });
    },

    async viewer(
      headers: Headers,
    ): Promise<{ userId: string; email: string; emailVerified: boolean; name: string } | null> {
      const session = await auth.api.getSession({ headers }).catch((cause: unknown) => {
        // The library says no more than that it failed, and has told the log why.
        throw new AppError("unavailable", "Who is signed in cannot be looked up just now. Try again in a moment.", {
          cause,
          retryAfterSeconds: 5,
        });
      });
      if (!session) return null;
      const { id, email, emailVerified, name } = session.user;
      return { userId: id, email, emailVerified, name };
    },

    /** Makes a new code, forgets the ones before it and sends it; the same whether the address is known or not. Throws what sending throws. */
    async sendCode(email: string): Promise<void> {
      // The library's own way keeps a failed letter to itself, and somebody waits for a code that never comes.
      const code = await auth.api.createVerificationOTP({ body: { email, type: "sign-in" } });
      await config.sendCode({ email: email.toLowerCase(), code });
    },

    /** Starts a session and sets its cookie, creating the person on their first sign-in. */
    async signIn(email: string, code: string): Promise<"signed_in" | CodeRefusal> {
      try {
        await auth.api.signInEmailOTP({ body: { email, otp: code } });
        return "signed_in";
      } catch (error) {
        const refusal = codeRefusal(error);
        if (!refusal) throw error;
        return refusal;
      }
    },

    /** Signs in without a letter; only the demo entrance may. */
    async signInAs(email: string): Promise<void> {
      const otp = await auth.api.createVerificationOTP({ body: { email, type: "sign-in" } });
      await auth.api.signInEmailOTP({ body: { email, otp } });
    },

    async signOut(headers: Headers): Promise<void> {
      await auth.api.signOut({ headers });
    },
  };
}

export type CodeRefusal = "wrong" | "expired" | "used_up";

function codeRefusal(error: unknown): CodeRefusal | undefined {
  const code = (error as { body?: { code?: unknown } } | null)?.body?.code;
  if (code === "INVALID_OTP") return "wrong";
  if (code === "OTP_EXPIRED") return "expired";
  if (code === "TOO_MANY_ATTEMPTS") return "used_up";
  return undefined;
}
