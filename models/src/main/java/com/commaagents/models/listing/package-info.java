/// What providers themselves say of their models: who can be asked, where, and how the answers of
/// the different ones are read.
@NullMarked
package com.commaagents.models.listing;

import org.jspecify.annotations.NullMarked;
