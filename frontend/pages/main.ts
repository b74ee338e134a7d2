import "../styles/inter.css";
import "../styles/all.css";
