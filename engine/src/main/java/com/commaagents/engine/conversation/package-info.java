/// What was said: messages, records of agent calls, retention, and their JSON form.
@NullMarked
package com.commaagents.engine.conversation;

import org.jspecify.annotations.NullMarked;
