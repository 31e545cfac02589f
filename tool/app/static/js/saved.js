/* After saving: deletes the stored draft of the form. */
import { saved } from './form/drafts.js';

saved();
