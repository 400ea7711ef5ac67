import { notFound } from "next/navigation";
import { AppError } from "@/lib/platform/errors";

/** A read of a page: what does not exist, or is another's, is the page's 404. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
