const files = [
  ["usage", "every call as it was counted"],
  ["invoices", "every line of every invoice"],
  ["ledger", "every entry of the ledger"],
] as const;

/** What can be taken along, each as a file for a spreadsheet. */
export const ExportLinks = ({ base }: { base: string }) => (
  <ul className="list-disc pl-5 text-muted">
    {files.map(([of, words]) => (
      <li key={of}>
        <a href={`${base}/export.csv?of=${of}`} download className="underline underline-offset-2 hover:no-underline">
          {words}
        </a>
      </li>
    ))}
  </ul>
);
