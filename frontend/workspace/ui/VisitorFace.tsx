import user from "icon:user";

import { Avatar } from "../../shared/ui/Avatar.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";

/** A visitor's initials once there is a name: letters of an ID would tell nobody apart. */
export function VisitorFace({ name }: { name: string }) {
  if (name) return <Avatar name={name} kind="visitor" />;
  return (
    <span class="avatar avatar--visitor" aria-hidden="true">
      <Icon of={user} />
    </span>
  );
}
