import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page-header";
import { Status } from "../ui/status";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table";

export type Column<T> = {
  title: string;
  isNumeric?: boolean;
  /** Also on a telephone; default: only where there is room. */
  isNarrow?: boolean;
  className?: string;
  cell: (item: T) => ReactNode;
};

type Props<T> = {
  title: string;
  description: string;
  items: readonly T[];
  /** Where one is added, for whoever may. */
  add: { href: string; label: string } | false;
  empty: { title: string; icon: ReactNode; text: ReactNode };
  columns: readonly Column<T>[];
};

/** Everything of one kind that an owner sets up: a table, or what will be here and the one action that fills it. */
export function ListPage<T extends { id: string }>({ title, description, items, add, empty, columns }: Props<T>) {
  const button = add && (
    <ButtonLink href={add.href} variant="primary">
      <Plus aria-hidden /> {add.label}
    </ButtonLink>
  );
  const hidden = (column: Column<T>) => (column.isNarrow ? undefined : "max-sm:hidden");
  return (
    <>
      <PageHeader title={title} description={description} actions={items.length > 0 && button} />
      {items.length === 0 ? (
        <EmptyState title={empty.title} icon={empty.icon} action={button}>
          {empty.text}
        </EmptyState>
      ) : (
        <Card>
          <Table label={title}>
            <THead>
              <Tr>
                {columns.map((column) => (
                  <Th key={column.title} numeric={column.isNumeric ?? false} className={hidden(column)}>
                    {column.title}
                  </Th>
                ))}
              </Tr>
            </THead>
            <TBody data-list>
              {items.map((item) => (
                <Tr key={item.id} data-list-item>
                  {columns.map((column) => (
                    <Td
                      key={column.title}
                      numeric={column.isNumeric ?? false}
                      className={[hidden(column), column.className].filter(Boolean).join(" ")}
                    >
                      {column.cell(item)}
                    </Td>
                  ))}
                </Tr>
              ))}
            </TBody>
          </Table>
        </Card>
      )}
    </>
  );
}

/** A name that leads to its own page, with a line below it. */
export const NameCell = ({
  href,
  name,
  note,
  isActive = true,
}: {
  href: string;
  name: string;
  note?: string | undefined;
  isActive?: boolean;
}) => (
  <>
    <Link href={href} className="font-medium break-words hover:underline">
      {name}
    </Link>
    {!isActive && <span className="block text-xs text-muted sm:hidden">Archived</span>}
    {note && (
      <span className="block truncate text-xs text-muted" title={note}>
        {note}
      </span>
    )}
  </>
);

/** Names in two lines at most, or what it means that there are none. */
export const NamesCell = ({ names, none }: { names: readonly string[]; none: ReactNode }) =>
  names.length === 0 ? (
    none
  ) : (
    <span className="line-clamp-2" title={names.join(", ")}>
      {names.join(", ")}
    </span>
  );

export const ActiveCell = ({ isActive, word }: { isActive: boolean; word: string }) => (
  <Status kind={isActive ? "done" : "neutral"} plain>
    {isActive ? word : "Archived"}
  </Status>
);
