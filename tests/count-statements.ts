import type { Tx } from "@/db/client";

/** What `work` gives, and how many statements it asked of `tx`, a transaction that ends with it. */
export async function countStatements<T>(tx: Tx, work: () => Promise<T>): Promise<[answer: T, statements: number]> {
  let statements = 0;
  const execute = tx.execute.bind(tx);
  tx.execute = ((query: Parameters<typeof execute>[0]) => {
    statements++;
    return execute(query);
  }) as typeof tx.execute;
  return [await work(), statements];
}
