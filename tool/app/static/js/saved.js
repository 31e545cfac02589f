/* After saving: what the browser kept is not needed any more. */
import { saved } from './form/drafts.js';

saved();
