/* Public replies are read aloud as the questions were. Everything works without it. */

import './read-aloud.js';
