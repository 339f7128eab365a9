/// What is known of models without asking anybody: the bundled catalogue, made of public facts, and
/// the file with which its owner corrects and extends it.
@NullMarked
package com.commaagents.models.catalogue;

import org.jspecify.annotations.NullMarked;
