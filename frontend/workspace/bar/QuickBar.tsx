import "./QuickBar.css";

import bell from "icon:bell-ringing";
import inbox from "icon:inbox";
import message from "icon:message-circle";

import { may } from "../store/page.ts";
import { isReady, own, requests, unread } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { nextNews } from "../ui/next.ts";
import { Chip } from "./Chip.tsx";
import { NoticesMenu } from "./NoticesMenu.tsx";
import { OfflineChip } from "./OfflineChip.tsx";

/** What is new, in the top bar of every agent page: one click goes there. */
export function QuickBar({ onGo }: { onGo: (conversation: number) => void }) {
  if (!isReady.value) return null;
  const first = requests.value[0];
  const news = nextNews(own.value, []);
  return (
    <div class="quick-bar" role="group" aria-label={t("quickBar")}>
      <Chip
        name={t("requests")}
        icon={bell}
        count={requests.value.length}
        isNew={requests.value.length > 0}
        onGo={
          first &&
          (() => {
            onGo(first.id);
          })
        }
      />
      <Chip
        name={t("newMessagesChip")}
        icon={message}
        count={unread.value}
        isNew={unread.value > 0}
        onGo={
          news &&
          (() => {
            onGo(news.id);
          })
        }
      />
      {may("answer_offline_messages") && <OfflineChip icon={inbox} />}
      <NoticesMenu />
    </div>
  );
}
