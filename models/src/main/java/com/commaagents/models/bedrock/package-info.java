/// Amazon Bedrock's Converse, streamed, and the signatures its requests are let in by.
@NullMarked
package com.commaagents.models.bedrock;

import org.jspecify.annotations.NullMarked;
