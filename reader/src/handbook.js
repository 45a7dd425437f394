/**
 * What every page of a handbook does for its reader.
 *
 * The scripts of single tools find these modules in the global `playbooks` (see rollup.config.js), so
 * that there is one of each on a page.
 */

import { startCards } from "./cards.js";
import { startFrame } from "./frame.js";
import { startOffline } from "./offline.js";
import { mendLinks } from "./page.js";
import { startSearch } from "./search.js";
import { startSlots } from "./slots.js";
import { startTicks } from "./ticks.js";
import { startWalkAway } from "./walk-away.js";
import { startYours } from "./yours.js";

export * from "./cards.js";
export * from "./elements.js";
export * from "./marks.js";
export * from "./mine.js";
export * from "./notice.js";
export * from "./page.js";
export * from "./slots.js";
export * from "./ticks.js";
export * from "./words.js";

mendLinks();
startFrame();
startSlots();
startCards();
startTicks();
startWalkAway();
startYours();
startSearch();
startOffline();
