import "./App.css";

import { Toasts } from "../../shared/ui/Toasts.tsx";
import { Lists } from "../list/Lists.tsx";
import { Panes } from "../pane/Panes.tsx";
import { Queue } from "../queue/Queue.tsx";
import { Side } from "../side/Side.tsx";
import { change, isListOpen, layout } from "../store/layout.ts";
import { height, isConversationInFront } from "../store/panes.ts";
import { Splitter } from "../ui/Splitter.tsx";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { KeyList } from "./KeyList.tsx";
import { StatusBar } from "./StatusBar.tsx";

export function App() {
  const front = isConversationInFront.value ? "conversation" : "lists";
  const { isQueueFull } = layout.value;
  return (
    <div
      class="app"
      data-front={front}
      data-list={isListOpen.value ? "open" : "closed"}
      data-queue={isQueueFull ? "full" : "docked"}
    >
      <ConnectionLine />
      <div class="app-body">
        <List />
        <div class="app-centre">
          <Dock />
          {!isQueueFull && <Panes />}
        </div>
        <Side />
      </div>
      <StatusBar />
      <KeyList />
      <Toasts />
    </div>
  );
}

function List() {
  const { listWidth } = layout.value;
  return (
    <>
      <div
        class="app-shade"
        onClick={() => {
          isListOpen.value = false;
        }}
      />
      <div class="app-list" style={{ "--list-width": `${listWidth}px` }}>
        <Lists />
      </div>
      <Splitter
        name="resizeList"
        lies="down"
        value={listWidth}
        least={200}
        most={420}
        onChange={(to) => {
          change({ listWidth: to });
        }}
      />
    </>
  );
}

function Dock() {
  const { queueHeight, isQueueHidden, isQueueFull } = layout.value;
  const most = Math.max(160, height.value - 320);
  const shown = Math.min(queueHeight, most);
  return (
    <>
      <div class="app-dock" style={{ "--dock-height": isQueueHidden ? "40px" : `${shown}px` }}>
        <Queue />
      </div>
      {!isQueueHidden && !isQueueFull && (
        <Splitter
          name="resizeVisitors"
          lies="across"
          value={shown}
          least={108}
          most={most}
          onChange={(to) => {
            change({ queueHeight: to });
          }}
        />
      )}
    </>
  );
}
