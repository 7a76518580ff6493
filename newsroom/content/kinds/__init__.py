"""The models of content, one module per group of kinds; ``newsroom.content.models`` names them all."""
