"""The roof: settings, addresses, navigation, the command line, the demo commune."""
