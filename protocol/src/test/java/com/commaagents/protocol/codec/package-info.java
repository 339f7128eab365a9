/// Tests of the codec: golden files, every field error, and seeded fuzz.
@NullMarked
package com.commaagents.protocol.codec;

import org.jspecify.annotations.NullMarked;
