/// The providers behind the model port: which there are, where they are, what is known of their
/// models, and how a name becomes a model.
///
/// The roof of the module: it alone knows the wires, the credentials and the scripts together.
@NullMarked
package com.commaagents.models;

import org.jspecify.annotations.NullMarked;
