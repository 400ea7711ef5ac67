import type { ReactNode } from "react";
import { PageHeader } from "../ui/page-header";
import { NotAllowed } from "./not-allowed";

type Props = {
  title: string;
  description: string;
  back: { href: string; label: string };
  mayAdd: boolean;
  /** Who can, if this member cannot. */
  who: string;
  children: ReactNode;
};

/** The page on which something is added, for those who may. */
export const AddPage = ({ title, description, back, mayAdd, who, children }: Props) =>
  mayAdd ? (
    <div className="max-w-3xl">
      <PageHeader title={title} description={description} back={back} />
      {children}
    </div>
  ) : (
    <NotAllowed title={title} back={back} who={who} />
  );
