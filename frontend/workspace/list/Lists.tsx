import "./Lists.css";

import { number } from "../../shared/time.ts";
import type { Known } from "../model/conversations.ts";
import { reader } from "../store/page.ts";
import { colleagues, isReady, own, requests } from "../store/state.ts";
import { t, type TextKey } from "../texts/index.ts";
import { Colleague } from "./Colleague.tsx";
import { ListSkeleton } from "./ListSkeleton.tsx";
import { OwnItem } from "./OwnItem.tsx";
import { Section } from "./Section.tsx";
import { WaitingItem } from "./WaitingItem.tsx";

/** Who waits, whom one talks to, who else is there. */
export function Lists() {
  if (!isReady.value) return <ListSkeleton />;
  return (
    <nav class="lists" aria-label={t("conversations")}>
      <Section name="waiting" count={requests.value.length}>
        <Items of={requests.value} empty="noWaiting" Item={WaitingItem} />
      </Section>
      <Section name="mine" count={own.value.length}>
        <Items of={own.value} empty="noMine" Item={OwnItem} />
      </Section>
      <Section name="colleagues" count={colleagues.value.length}>
        {colleagues.value.length === 0 && <p class="lists-empty">{t("noColleagues")}</p>}
        <ul class="colleagues">
          {colleagues.value.map((agent) => (
            <Colleague key={agent.id} agent={agent} />
          ))}
        </ul>
      </Section>
    </nav>
  );
}

interface ItemsProps {
  of: Known[];
  empty: TextKey;
  Item: (props: { conversation: Known }) => preact.JSX.Element;
}

/** More than one can look through are counted, not drawn. */
const MOST = 200;

function Items({ of, empty, Item }: ItemsProps) {
  if (of.length === 0) return <p class="lists-empty">{t(empty)}</p>;
  const rest = of.length - MOST;
  return (
    <>
      <ul class="lists-items">
        {of.slice(0, MOST).map((each) => (
          <Item key={each.id} conversation={each} />
        ))}
      </ul>
      {rest > 0 && (
        <p class="lists-empty">{t("andMore", { count: number(rest, reader.language) })}</p>
      )}
    </>
  );
}
