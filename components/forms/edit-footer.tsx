import type { ComponentProps } from "react";
import { SaveFooter } from "./save-footer";

type Props = Pick<ComponentProps<typeof SaveFooter>, "saving"> & {
  isNew: boolean;
  /** On the button of something new: "Add person". */
  addLabel: string;
  backHref: string;
};

/** The end of a form that makes something or changes it. */
export const EditFooter = ({ saving, isNew, addLabel, backHref }: Props) => (
  <SaveFooter
    saving={saving}
    label={isNew ? addLabel : "Save"}
    back={{ href: backHref, label: isNew ? "Cancel" : "Back" }}
  />
);
