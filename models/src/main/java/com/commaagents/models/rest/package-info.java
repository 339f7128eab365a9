/// Small JSON documents over HTTP, bounded in time and size: lists of models, and tokens.
@NullMarked
package com.commaagents.models.rest;

import org.jspecify.annotations.NullMarked;
